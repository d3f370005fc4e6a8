using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Influence.Pages.Views;

/// <summary>Gives a view its model, and all below it the site.</summary>
internal sealed class Root<TView, TModel> : ComponentBase
    where TView : IComponent
{
    [Parameter]
    public required TModel Model { get; set; }

    [Parameter]
    public required Site Site { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<CascadingValue<Site>>(0);
        builder.AddComponentParameter(1, nameof(CascadingValue<>.Value), Site);
        builder.AddComponentParameter(2, nameof(CascadingValue<>.IsFixed), true);
        builder.AddComponentParameter(3, nameof(CascadingValue<>.ChildContent), (RenderFragment)View);
        builder.CloseComponent();
    }

    private void View(RenderTreeBuilder builder)
    {
        builder.OpenComponent<TView>(0);
        builder.AddComponentParameter(1, "Model", Model);
        builder.CloseComponent();
    }
}
