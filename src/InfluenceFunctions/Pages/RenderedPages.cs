using System.Runtime.CompilerServices;
using Influence.Pages;
using Microsoft.Extensions.Caching.Memory;

namespace InfluenceFunctions.Pages;

/// <summary>Pages and pictures as they were rendered, each for as long as what it was rendered of counts.</summary>
/// <remarks>
/// What is cached of storage is shared by its readers as one object, and a page is known by that object. So there is no second rule of how
/// long something counts: an erasure, which makes a new object, makes a new page. Readers who ask for one page at once wait for one
/// rendering.
/// </remarks>
public sealed class RenderedPages : IDisposable
{
    // Some 100 KB each, with their compressed forms.
    private const int MaxPages = 500;
    private readonly MemoryCache pages = new(new MemoryCacheOptions { SizeLimit = MaxPages });

    // A picture takes some 40 ms of a core: they never take all of them.
    private readonly SemaphoreSlim drawing = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>A page.</summary>
    /// <param name="source">What it is rendered of.</param>
    /// <param name="context">The request's part in it, in one form for all requests that mean the same.</param>
    /// <param name="freshSeconds">For how long it counts; 0 keeps it for nobody.</param>
    /// <param name="render">Renders it.</param>
    internal Task<CodedBody> GetAsync(object source, PageContext context, int freshSeconds, Func<PageContext, Task<byte[]>> render) =>
        GetAsync(source, context, freshSeconds, async () => new CodedBody(await render(context)));

    /// <summary>A picture, which depends on its language alone.</summary>
    internal Task<CodedBody> GetPictureAsync(object source, string language, int freshSeconds, Func<byte[]> draw) =>
        GetAsync(
            source,
            language,
            freshSeconds,
            async () =>
            {
                await drawing.WaitAsync();
                try
                {
                    return new CodedBody(draw());
                }
                finally
                {
                    drawing.Release();
                }
            }
        );

    private async Task<CodedBody> GetAsync(object source, object context, int freshSeconds, Func<Task<CodedBody>> make)
    {
        if (freshSeconds <= 0)
            return await make();
        var key = new Key(source, context);
        if (!pages.TryGetValue(key, out Lazy<Task<CodedBody>>? page))
            // Two that come at the same moment may both make it; all that come while it is made wait for it.
            pages.Set(
                key,
                page = new(make),
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(freshSeconds) }
            );
        try
        {
            return await page!.Value;
        }
        catch
        {
            pages.Remove(key);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        pages.Dispose();
        drawing.Dispose();
    }

    // The source by identity: two readings of equal content are two.
    private sealed record Key(object Source, object Context)
    {
        public bool Equals(Key? other) => other is not null && ReferenceEquals(Source, other.Source) && Context.Equals(other.Context);

        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(Source), Context);
    }
}
