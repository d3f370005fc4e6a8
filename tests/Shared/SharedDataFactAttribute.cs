namespace Influence.Tests;

/// <summary>A test on real data that the project does not ship: it says so and is skipped where the data is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Folder is null)
            Skip = "Needs ../shared/data (SNAP Higgs log), which is not beside this clone.";
    }
}
