using Microsoft.AspNetCore.Components;

namespace Influence.Pages.Views;

/// <summary>What all components of a page have: links and texts.</summary>
public abstract class Part : ComponentBase
{
    /// <summary>The page's links and texts.</summary>
    [CascadingParameter]
    public required Site Site { get; set; }

    /// <summary>A text with values in its places.</summary>
    protected string T(string key, params ReadOnlySpan<(string Name, object Value)> values) =>
        values.Length == 0 ? Site.Texts[key] : Site.Texts.Of(key, values);
}
