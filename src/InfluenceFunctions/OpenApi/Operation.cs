using System.Text.Json;

namespace InfluenceFunctions.OpenApi;

/// <summary>Who may make a call.</summary>
internal enum Caller
{
    Anyone,
    Writer,
    Operator,
}

/// <summary>One call of the API as its description tells it.</summary>
/// <param name="Function">The function that answers.</param>
/// <param name="Method">The method, lower case.</param>
/// <param name="Path">The path; the function's route with a slash before it.</param>
/// <param name="Caller">Who may make it.</param>
/// <param name="Tag">The group that it is shown in.</param>
/// <param name="Summary">What it does, a few words.</param>
internal sealed record Operation(string Function, string Method, string Path, Caller Caller, string Tag, string Summary)
{
    /// <summary>Names the call for generated clients and for tests: the function's name in camel case.</summary>
    public string Id { get; init; } = JsonNamingPolicy.CamelCase.ConvertName(Function);

    /// <summary>What there is to know beside the summary.</summary>
    public string? Details { get; init; }

    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    public Body? Body { get; init; }

    /// <summary>The answers that are its own; <see cref="CommonAnswers"/> has the others.</summary>
    public required IReadOnlyList<Answer> Answers { get; init; }

    /// <summary>Whether the function takes HEAD beside GET.</summary>
    public bool HasHead { get; init; }

    /// <summary>Whether it needs no key even where the setting <c>Readers</c> closes reads.</summary>
    public bool IsAlwaysOpen { get; init; }

    /// <summary>Whether it is one of the reads that this setting can close.</summary>
    public bool CanBeClosed => Caller == Caller.Anyone && HasHead && !IsAlwaysOpen;

    /// <summary>Whether storage is asked, which may fail.</summary>
    public bool AsksStorage { get; init; } = true;
}

/// <summary>A parameter of a call.</summary>
/// <param name="Name">Its name.</param>
/// <param name="In">Where it stands: <c>path</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="Description">What it holds, and what its absence means.</param>
/// <param name="Schema">Its schema, as JSON: kind, limits, default.</param>
internal sealed record Parameter(string Name, string In, string Description, string Schema)
{
    public bool IsRequired { get; init; } = In == "path";

    /// <summary>A value, as JSON.</summary>
    public string? Example { get; init; }
}

/// <summary>What a call takes as its body.</summary>
/// <param name="Description">What it holds, and its limits.</param>
/// <param name="Forms">The content types, each with its schema and an example, as JSON.</param>
internal sealed record Body(string Description, params IReadOnlyList<BodyForm> Forms)
{
    public bool IsRequired { get; init; } = true;
}

/// <summary>A body of one content type.</summary>
/// <param name="ContentType">The content type.</param>
/// <param name="Schema">Its schema, as JSON; a record's name stands for a reference.</param>
/// <param name="Example">A body, as JSON.</param>
internal sealed record BodyForm(string ContentType, string Schema, string? Example = null)
{
    public static BodyForm Of<T>(string? example = null) => new("application/json", typeof(T).Name, example) { Record = typeof(T) };

    /// <summary>The record that it is read into; null for none.</summary>
    public Type? Record { get; init; }
}
