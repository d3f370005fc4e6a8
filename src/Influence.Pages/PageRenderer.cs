using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Influence.Pages.Views;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Influence.Pages;

/// <summary>Renders whole pages as UTF-8. Safe for use by many threads at once; needs no disposal.</summary>
public sealed class PageRenderer
{
    private const int UsualSize = 32 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    // All that components ask for: an encoder that leaves every script as it is written.
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .BuildServiceProvider();

    /// <summary>The first page.</summary>
    public Task<byte[]> HomeAsync(HomeModel model, PageContext context) => RenderAsync<HomeView, HomeModel>(model, context);

    /// <summary>A page of a board.</summary>
    public Task<byte[]> BoardAsync(BoardModel model, PageContext context) => RenderAsync<BoardView, BoardModel>(model, context);

    /// <summary>A profile's page.</summary>
    public Task<byte[]> ProfileAsync(ProfileModel model, PageContext context) => RenderAsync<ProfileView, ProfileModel>(model, context);

    /// <summary>The page that explains the formula, with the calculator.</summary>
    public Task<byte[]> HowAsync(HowModel model, PageContext context) => RenderAsync<HowView, HowModel>(model, context);

    /// <summary>The page of all numbers of the formula.</summary>
    public Task<byte[]> PolicyAsync(PolicyReport model, PageContext context) => RenderAsync<PolicyView, PolicyReport>(model, context);

    /// <summary>The small card for a frame on another site, of the size <see cref="EmbedSize"/>.</summary>
    public Task<byte[]> EmbedAsync(ScoreCard model, PageContext context) => RenderAsync<EmbedView, ScoreCard?>(model, context);

    /// <summary>What the frame shows where there is no card.</summary>
    /// <remarks>The same for somebody unknown, erased, or who wants none: which of these it is, is nobody's business.</remarks>
    public Task<byte[]> NoCardAsync(PageContext context) => RenderAsync<EmbedView, ScoreCard?>(null, context);

    /// <summary>A page that says what went wrong and what to do about it.</summary>
    public Task<byte[]> ProblemAsync(ProblemModel model, PageContext context) => RenderAsync<ProblemView, ProblemModel>(model, context);

    private async Task<byte[]> RenderAsync<TView, TModel>(TModel model, PageContext context)
        where TView : IComponent
    {
        // Within this async method only: texts are of the page's language; numbers and days are written alike in all of them.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(context.Language);
        // One for a page: a renderer keeps all that it ever rendered.
        await using var renderer = new HtmlRenderer(_services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Root<,>.Model)] = model,
                [nameof(Root<,>.Site)] = new Site(context),
            };
            var root = await renderer.RenderComponentAsync<Root<TView, TModel>>(ParameterView.FromDictionary(parameters));
            var bytes = new MemoryStream(UsualSize);
            await using (var writer = new StreamWriter(bytes, Utf8, leaveOpen: true))
                root.WriteHtmlTo(writer);
            return bytes.ToArray();
        });
    }
}
