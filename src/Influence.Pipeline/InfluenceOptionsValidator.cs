using Microsoft.Extensions.Options;

namespace Influence.Pipeline;

/// <summary>Refuses settings out of range at start. Names them as an app setting or environment variable has them.</summary>
internal sealed class InfluenceOptionsValidator : IValidateOptions<InfluenceOptions>
{
    private readonly InfluenceOptionsRanges ranges = new();

    public ValidateOptionsResult Validate(string? name, InfluenceOptions options)
    {
        var result = ranges.Validate(name, options);
        return result.Failed ? ValidateOptionsResult.Fail(result.Failures.Select(Named)) : result;
    }

    // «BoardSize: The field InfluenceOptions.BoardSize must be between 1 and 10000.»
    private static string Named(string failure) =>
        failure[(failure.IndexOf(": ", StringComparison.Ordinal) + 2)..]
            .Replace($"field {nameof(InfluenceOptions)}.", $"setting {InfluenceOptions.Section}__", StringComparison.Ordinal);
}

[OptionsValidator]
internal sealed partial class InfluenceOptionsRanges : IValidateOptions<InfluenceOptions>;
