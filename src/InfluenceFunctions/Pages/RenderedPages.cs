using System.Runtime.CompilerServices;
using Influence.Pages;
using Microsoft.Extensions.Caching.Memory;

namespace InfluenceFunctions.Pages;

/// <summary>Pages as they were rendered, each for as long as what it was rendered of counts.</summary>
/// <remarks>
/// What is cached of storage is shared by its readers as one object, and a page is known by that object. So there is no second rule of how
/// long something counts: an erasure, which makes a new object, makes a new page.
/// </remarks>
public sealed class RenderedPages : IDisposable
{
    private const long MaxBytes = 64 * 1024 * 1024;
    private readonly MemoryCache pages = new(new MemoryCacheOptions { SizeLimit = MaxBytes });

    /// <summary>The page, rendered where it is not kept.</summary>
    /// <param name="source">What it is rendered of.</param>
    /// <param name="context">The request's part in it.</param>
    /// <param name="freshSeconds">For how long it counts; 0 keeps it for nobody.</param>
    /// <param name="render">Renders it.</param>
    internal async Task<CodedBody> GetAsync(object source, PageContext context, int freshSeconds, Func<PageContext, Task<byte[]>> render)
    {
        var key = new Key(source, context);
        if (pages.TryGetValue(key, out CodedBody? known))
            return known!;
        var body = new CodedBody(await render(context));
        if (freshSeconds > 0)
            // Its compressed forms take less than as much again.
            pages.Set(
                key,
                body,
                new MemoryCacheEntryOptions
                {
                    Size = 2L * body.Length,
                    AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(freshSeconds),
                }
            );
        return body;
    }

    /// <inheritdoc/>
    public void Dispose() => pages.Dispose();

    // By identity: two readings of equal content are two.
    private sealed record Key(object Source, PageContext Context)
    {
        public bool Equals(Key? other) => other is not null && ReferenceEquals(Source, other.Source) && Context == other.Context;

        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(Source), Context);
    }
}
