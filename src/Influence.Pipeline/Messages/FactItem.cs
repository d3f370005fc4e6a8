using System.Text.Json.Serialization;

namespace Influence.Pipeline.Messages;

/// <summary>A fact as it travels: the fields of the API's interactions and metrics, with the moment in Unix seconds.</summary>
public sealed record FactItem
{
    /// <summary>Type of interaction, lower case.</summary>
    public string? Type { get; init; }

    /// <summary>Who did it.</summary>
    public string? Actor { get; init; }

    /// <summary>Whose account received it.</summary>
    public string? Target { get; init; }

    /// <summary>The moment, Unix seconds.</summary>
    public long At { get; init; }

    /// <summary>The fact's id, where it has one.</summary>
    public string? Id { get; init; }

    /// <summary>What it was about.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1720", Justification = "The field's word: actor, verb, object.")]
    public string? Object { get; init; }

    /// <summary>At most five topics.</summary>
    public IReadOnlyList<string>? Topics { get; init; }

    /// <summary>Where it happened.</summary>
    public string? Community { get; init; }

    /// <summary>True for an undo of the interaction that the other fields identify.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Undo { get; init; }

    /// <summary>The account a metric is about.</summary>
    public string? Account { get; init; }

    /// <summary>The metric's name; null for an interaction.</summary>
    public string? Metric { get; init; }

    /// <summary>A gauge's value.</summary>
    public double? Value { get; init; }

    /// <summary>A counter's increment.</summary>
    public double? Add { get; init; }

    /// <summary>The fact, or why it cannot be one.</summary>
    public (Fact? Fact, FactRefusal? Refusal) ToFact() => Metric is null ? FactItems.ToInteraction(this) : FactItems.ToMetric(this);
}
