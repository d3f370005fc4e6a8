using System.Text;
using CsCheck;

namespace Influence.Connectors.Tests.Signing;

/// <summary>For every source, what was signed is genuine with any of several secrets. With one byte changed anywhere it is not.</summary>
public sealed class SignatureTests
{
    public static IEnumerable<object[]> Sources() => ConnectorRegistry.All.Select(c => new object[] { c.Source });

    // Telegram shows its secret and signs no body.
    public static IEnumerable<object[]> SourcesThatSign() => Sources().Where(s => s[0] is not "telegram");

    [Theory]
    [MemberData(nameof(SourcesThatSign))]
    public void One_byte_changed_in_the_body_is_not_genuine(string source) =>
        Gen.Select(Gen.Byte.Array[1, 300], Gen.Int[0, 299], Gen.Byte[1, 255])
            .Sample(
                (body, at, change) =>
                {
                    var signed = Sign(source, body);
                    Assert.True(VerifySignature(source, body, signed));
                    body[at % body.Length] ^= change;
                    Assert.False(VerifySignature(source, body, signed));
                },
                iter: 2000
            );

    [Theory]
    [MemberData(nameof(Sources))]
    public void One_character_changed_in_a_signed_header_is_not_genuine(string source) =>
        Gen.Select(Gen.Byte.Array[0, 100], Gen.Int[0, 9], Gen.Int[0, 999], Gen.Char[' ', '~'])
            .Sample(
                (body, header, at, character) =>
                {
                    var signed = Sign(source, body);
                    var (name, value) = signed[header % signed.Count];
                    var changed = value.ToCharArray();
                    changed[at % changed.Length] = character;
                    if (value.AsSpan().SequenceEqual(changed))
                        return;
                    signed[header % signed.Count] = KeyValuePair.Create(name, new string(changed));
                    Assert.False(VerifySignature(source, body, signed), $"{name}: {new string(changed)} for {value}");
                },
                iter: 2000
            );

    [Theory]
    [MemberData(nameof(Sources))]
    public void One_character_changed_in_the_secret_is_not_genuine(string source) =>
        Gen.Select(Gen.Byte.Array[0, 100], Gen.Int[0, 999], Gen.Char['!', '~'])
            .Sample(
                (body, at, character) =>
                {
                    var changed = Secrets.Of(source).ToCharArray();
                    changed[at % changed.Length] = character;
                    if (changed.AsSpan().SequenceEqual(Secrets.Of(source)))
                        return;
                    Assert.False(VerifySignature(source, body, Sign(source, body), new string(changed)));
                },
                iter: 2000
            );

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_header_that_is_missing_or_empty_is_not_genuine(string source)
    {
        var body = Encoding.UTF8.GetBytes("{}");
        var signed = Sign(source, body);
        for (var i = 0; i < signed.Count; i++)
        {
            Assert.False(VerifySignature(source, body, [.. signed.Where((_, n) => n != i)]));
            Assert.False(VerifySignature(source, body, [.. signed.Select((h, n) => n == i ? KeyValuePair.Create(h.Key, "") : h)]));
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Any_of_several_secrets_will_do_and_an_empty_one_never(string source)
    {
        var body = Encoding.UTF8.GetBytes("{}");
        var signed = Some.Delivery(body, Sign(source, body));
        Assert.True(Some.Connector(source).VerifySignature(signed, Some.Settings("", "whsec_AAAA", Secrets.Of(source), "old"), Some.Now));
        Assert.False(Some.Connector(source).VerifySignature(signed, Some.Settings(""), Some.Now));
        Assert.False(Some.Connector(source).VerifySignature(signed, Some.Settings(), Some.Now));
        Assert.False(Some.Settings("", "").IsOn);
    }

    private static List<KeyValuePair<string, string>> Sign(string source, byte[] body) =>
        [.. Some.Connector(source).Sign(body, Secrets.Of(source), Some.Now)];

    private static bool VerifySignature(
        string source,
        byte[] body,
        IEnumerable<KeyValuePair<string, string>> headers,
        string? secret = null
    ) => Some.Connector(source).VerifySignature(Some.Delivery(body, headers), Some.Settings(secret ?? Secrets.Of(source)), Some.Now);
}
