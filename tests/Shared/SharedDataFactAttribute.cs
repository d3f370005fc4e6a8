namespace Influence.Tests;

/// <summary>A test on real data that the project does not ship: skipped, with the reason, where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Folder is null)
            Skip = "Needs ../shared/data (SNAP Higgs log), which is not beside this clone.";
    }
}
