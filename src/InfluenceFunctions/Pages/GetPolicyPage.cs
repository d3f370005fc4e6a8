using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Pages;

/// <summary><c>GET /policy</c>: every number of the formula in force.</summary>
public sealed class GetPolicyPage(PageEndpoint pages)
{
    private const int Seconds = 3600;

    /// <summary>Runs the function.</summary>
    [Function(nameof(GetPolicyPage))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "policy")] HttpRequest request
    ) =>
        await pages.PageAsync(
            request,
            new PageAddress(Addresses.Policy),
            PolicyContract.Current,
            Seconds,
            c => PageEndpoint.Renderer.PolicyAsync(PolicyContract.Current, c)
        );
}
