using CsCheck;

namespace Influence.Pipeline.Tests.Storage;

public sealed class TableKeyTests
{
    // The characters that keys must not hold or that encoding itself uses, mixed with all of Unicode.
    private static readonly Gen<string> Text = Gen.Select(
            Gen.Int[0, 9],
            Gen.Int[0x20, 0x10FFFF],
            (kind, rune) =>
                kind switch
                {
                    < 4 => "/\\#?%=|~2Fa"[rune % 11].ToString(),
                    4 => ((char)(rune % 0xA0)).ToString(),
                    _ => rune is >= 0xD800 and <= 0xDFFF ? "é" : char.ConvertFromUtf32(rune),
                }
        )
        .Array[0, 400]
        .Select(string.Concat);

    [Fact]
    public void A_key_holds_nothing_that_storage_forbids_and_is_never_too_long() =>
        Text.Sample(
            text =>
            {
                var key = TableKey.Encode(text);
                Assert.InRange(key.Length, 0, 320);
                Assert.DoesNotContain(key, c => c is '/' or '\\' or '#' or '?' or '%' or '|' || !char.IsAscii(c) || char.IsControl(c));
            },
            iter: 5_000
        );

    [Fact]
    public void Distinct_texts_give_distinct_keys() =>
        Gen.Select(Text, Text)
            .Sample(
                (a, b) =>
                {
                    Assert.Equal(a == b, TableKey.Encode(a) == TableKey.Encode(b));
                    // Texts that differ late only: beyond the length that is kept whole, the hash tells them apart.
                    var (long1, long2) = (a + b, a + b + "x");
                    Assert.NotEqual(TableKey.Encode(long1), TableKey.Encode(long2));
                    // What looks like an encoded text is a text of its own.
                    Assert.Equal(TableKey.Encode(a) == a, TableKey.Encode(TableKey.Encode(a)) == TableKey.Encode(a));
                },
                iter: 5_000
            );

    [Theory]
    [InlineData("")]
    [InlineData("twitter:12")]
    [InlineData("bluesky:did:plc:abc")]
    [InlineData("mastodon:@a.b_c-d~e")]
    public void Ordinary_ids_stay_readable(string text) => Assert.Equal(text, TableKey.Encode(text));

    [Fact]
    public void A_long_plain_text_is_shortened_too()
    {
        var (one, other) = (new string('a', 2000), new string('a', 2001));
        Assert.Equal(320, TableKey.Encode(one).Length);
        Assert.NotEqual(TableKey.Encode(one), TableKey.Encode(other));
        Assert.StartsWith("aaaa", TableKey.Encode(one), StringComparison.Ordinal);
    }
}
