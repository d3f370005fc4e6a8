using System.Text;

namespace InfluenceFunctions.Tests.Telemetry;

/// <summary>The fields of a message in the wire format of Protocol Buffers, as far as telemetry needs them.</summary>
internal sealed class ProtobufFields
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> fields = [];

    public ProtobufFields(ReadOnlyMemory<byte> message)
    {
        for (var rest = message; rest.Length > 0; )
        {
            var key = Read(ref rest);
            switch ((int)(key & 7))
            {
                case Varint:
                    fields.Add(((int)(key >> 3), Read(ref rest), default));
                    break;
                case Fixed64:
                    fields.Add(((int)(key >> 3), BitConverter.ToUInt64(Take(ref rest, 8).Span), default));
                    break;
                case Bytes:
                    fields.Add(((int)(key >> 3), 0, Take(ref rest, (int)Read(ref rest))));
                    break;
                case Fixed32:
                    fields.Add(((int)(key >> 3), BitConverter.ToUInt32(Take(ref rest, 4).Span), default));
                    break;
                default:
                    throw new FormatException($"No wire type of telemetry: {key & 7}.");
            }
        }
    }

    public IEnumerable<ProtobufFields> All(params int[] path) =>
        path.Aggregate(
            (IEnumerable<ProtobufFields>)[this],
            (messages, field) => messages.SelectMany(m => m.fields.Where(f => f.Field == field).Select(f => new ProtobufFields(f.Bytes)))
        );

    public string Text(int field) => Encoding.UTF8.GetString(Last(field).Bytes.Span);

    public string Hex(int field) => Convert.ToHexStringLower(Last(field).Bytes.Span);

    public ulong Number(int field) => Last(field).Number;

    private (int Field, ulong Number, ReadOnlyMemory<byte> Bytes) Last(int field) => fields.LastOrDefault(f => f.Field == field);

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int length)
    {
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    private static ulong Read(ref ReadOnlyMemory<byte> rest)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = Take(ref rest, 1).Span[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
