namespace InfluenceFunctions.Tests.Acceptance;

/// <summary>A run over the whole real log, minutes long. It needs <c>INFLUENCE_ACCEPTANCE=1</c> and the log beside the clone.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AcceptanceFactAttribute : FactAttribute
{
    public AcceptanceFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("INFLUENCE_ACCEPTANCE") != "1")
            Skip = "Set INFLUENCE_ACCEPTANCE=1 to run the acceptance over the whole log.";
        else if (SharedData.Folder is null)
            Skip = "Needs ../shared/data (SNAP Higgs log), which is not beside this clone.";
    }
}

/// <summary>A run of minutes over data of its own. It needs <c>INFLUENCE_ACCEPTANCE=1</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("INFLUENCE_ACCEPTANCE") != "1")
            Skip = "Set INFLUENCE_ACCEPTANCE=1 to run it: it takes minutes.";
    }
}
