namespace Influence.Scoring.Pages;

/// <summary>Reads packed pages, and validates each record.</summary>
internal static class PageReader
{
    /// <summary>The inverse of <see cref="Page.Pack"/>.</summary>
    /// <exception cref="PageCorruptException">The bytes are not a page of this kind, owner and place.</exception>
    public static PackedPage<T> Read<T>(ReadOnlySpan<byte> packed, ulong owner)
        where T : struct, IRecord<T>
    {
        var what = $"{T.Layout.Kind} page";
        var header = PageHeader.Open(packed, owner, (byte)T.Layout.Kind, what);
        if (header.Version != T.Layout.Version)
            throw new PageCorruptException(what, $"its layout {header.Version} is not known here");
        var recordBytes = (long)header.Count * T.RecordSize;
        if (header.Count < 0 || header.ContextBytes < 0 || PageHeader.Size + recordBytes + header.ContextBytes != packed.Length)
            throw new PageCorruptException(what, "its parts do not add up to its length");
        var body = packed.Slice(PageHeader.Size, (int)recordBytes);
        var contexts = ContextCodec.Read(packed[(PageHeader.Size + (int)recordBytes)..], what);
        var page = new PackedPage<T>(header.Start, header.Splits, body.ToArray(), contexts);
        Prove(page, what);
        return page;
    }

    private static void Prove<T>(PackedPage<T> page, string what)
        where T : struct, IRecord<T>
    {
        UInt128? before = null;
        for (var i = 0; i < page.Count; i++)
        {
            var key = page.KeyAt(i);
            if (key <= before)
                throw new PageCorruptException(what, "its records are out of order");
            if (!page[i].IsValid)
                throw new PageCorruptException(what, "a record is out of range");
            before = key;
        }
    }
}
