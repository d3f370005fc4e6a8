using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Pages;

/// <summary><c>GET /how</c>: the formula, with a calculator whose numbers a reader can change.</summary>
public sealed class GetHowPage(PageEndpoint pages)
{
    private const int Seconds = 3600;
    private static readonly object Example = new();

    /// <summary>Runs the function.</summary>
    [Function(nameof(GetHowPage))]
    public async Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "how")] HttpRequest request)
    {
        var typed = request.Query.ToDictionary(q => q.Key, q => (string?)q.Value, StringComparer.Ordinal);
        var model = new HowModel(PolicyContract.Current, Calculator.Read(typed, PolicyContract.Current));
        var address = new PageAddress(
            Addresses.How,
            [.. typed.Where(t => Calculator.IsField(t.Key)).OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => (t.Key, t.Value))]
        );
        var isExample = !typed.Keys.Any(Calculator.IsField);
        return await pages.PageAsync(
            request,
            address,
            isExample ? Example : model,
            isExample ? Seconds : 0,
            c => PageEndpoint.Renderer.HowAsync(model, c)
        );
    }
}
