using System.Buffers;
using System.Text;
using Azure.Data.Tables;
using CsCheck;

namespace Influence.Backup.Tests.Rows;

public sealed class RowCodecTests
{
    private static readonly Gen<object> Value = Gen.OneOf<object>(
        Gen.String.Where(IsUnicode).Select(v => (object)v),
        Gen.Bool.Select(v => (object)v),
        Gen.Int.Select(v => (object)v),
        Gen.Long.Select(v => (object)v),
        Gen.Double.Select(v => (object)v),
        Gen.Int[0, 5]
            .Select(i => new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 1.0, double.Epsilon }[i])
            .Select(v => (object)v),
        Gen.Byte.Array.Select(v => (object)v),
        Gen.Guid.Select(v => (object)v),
        Gen.Long[0, DateTime.MaxValue.Ticks].Select(t => (object)new DateTimeOffset(t, TimeSpan.Zero))
    );

    [Fact]
    public void A_row_is_read_as_it_was_written() =>
        Gen.Dictionary(Gen.Int[0, 1000].Select(i => $"P{i}"), Value)[0, 12]
            .Select(Gen.String.Where(IsUnicode), Gen.String.Where(IsUnicode))
            .Sample(
                (values, partition, key) =>
                {
                    var row = new TableEntity(partition, key);
                    foreach (var (name, value) in values)
                        row[name] = value;
                    var line = new ArrayBufferWriter<byte>();
                    RowCodec.Write(line, row);
                    var text = Encoding.UTF8.GetString(line.WrittenSpan);
                    Assert.DoesNotContain('\n', text);
                    Assert.Equal(Copy.TextOf(row), Copy.TextOf(RowCodec.Read(text.AsMemory())));
                }
            );

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"p":"a","r":"b"}""")]
    [InlineData("""{"p":"a","r":"b","v":{"X":{"decimal":"1"}}}""")]
    [InlineData("""{"p":"a","r":"b","v":{"X":{"long":"1,5"}}}""")]
    [InlineData("""{"p":"a","r":"b","v":{"X":[1]}}""")]
    public void What_is_no_row_is_refused(string line) => Assert.Throws<FormatException>(() => RowCodec.Read(line.AsMemory()));

    // JSON and tables hold text; half of a surrogate pair is none.
    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (
                char.IsSurrogatePair(text, Math.Min(i, Math.Max(0, text.Length - 2)))
                && i + 1 < text.Length
                && char.IsHighSurrogate(text[i])
            )
                i++;
            else if (char.IsSurrogate(text[i]))
                return false;
        return true;
    }
}
