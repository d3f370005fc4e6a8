using CsCheck;

namespace Influence.Scoring.Tests.Facts;

public sealed class AccountIdTests
{
    public static TheoryData<string> Good =>
        [
            "twitter:12",
            "bluesky:did:plc:abc",
            "a-1:x",
            "net:a/b#c?d%2F",
            "net:😀",
            "net:שלום",
            "hy:Mira",
            "hy:@mira",
            $"{new string('n', 32)}:{new string('i', 256)}",
        ];

    public static TheoryData<string?> Bad =>
        [
            null,
            "",
            ":",
            "net:",
            "net: ",
            ":id",
            "net",
            "n_t:id",
            "né:id",
            "net:\u0000",
            "net:a\nb",
            "net:a b",
            "net:a\u3000b",
            "net:\u0085b",
            "net:mi\u200Bra",
            "net:\u202Emira",
            "net:mi\u200Dra",
            "net:\uE000",
            "net:\u0378",
            "net:mira\uFE0F",
            "net:mi\u034Fra",
            "net:\u3164",
            "net:mira\u2800",
            $"{new string('n', 33)}:i",
            $"net:{new string('i', 257)}",
        ];

    public static TheoryData<string, string> Forms =>
        new()
        {
            // The common form.
            { "hy:mira ", "hy:mira" },
            { "\u3000HY:mira\n", "hy:mira" },
            { "hy:ame\u0301lie", "hy:amélie" },
            { "hy:Mira", "hy:Mira" },
            // Networks with rules of their own.
            { "github:AdaByron", "github:adabyron" },
            { "GitHub:@AdaByron", "github:adabyron" },
            { "github:github.com/ann", "github:ann" },
            { "github:www.GitHub.com/ann", "github:ann" },
            { "gitlab:gitlab.com/ann", "gitlab:ann" },
            { "gitea:git.example:0443/ann", "gitea:git.example/ann" },
            { "gitea:git.example:03000/ann", "gitea:git.example:3000/ann" },
            { "github:Dependabot[bot]", "github:dependabot[bot]" },
            { "github:Git.Example.ORG/Ada", "github:git.example.org/ada" },
            { "gitlab:@Ada.B_c", "gitlab:ada.b_c" },
            { "gitea:Codeberg.org:443/Ada", "gitea:codeberg.org/ada" },
            { "mastodon:@Mira@Mastodon.Example", "fediverse:mira@mastodon.example" },
            { "fediverse:mira@BÜCHER.example:443", "fediverse:mira@xn--bcher-kva.example" },
            { "fediverse:https://b.example/users/Tove/", "fediverse:tove@b.example" },
            { "fediverse:https://b.example/@Tove", "fediverse:tove@b.example" },
            { "fediverse:https://B.example:443/ap/users/115520118/", "fediverse:https://b.example/ap/users/115520118" },
            { "fediverse:https://b.example/?author=3", "fediverse:https://b.example/?author=3" },
            { "fediverse:https://b.example//?author=3", "fediverse:https://b.example/?author=3" },
            { "fediverse:https://b_c.example/users/9abcDEF", "fediverse:9abcdef@b_c.example" },
            { "fediverse:zuck@www.threads.net", "fediverse:zuck@threads.net" },
            { "bluesky:@Ann.BSKY.social", "bluesky:ann.bsky.social" },
            { "bluesky:did:plc:ABC", "bluesky:did:plc:ABC" },
            { "x:@Jack", "x:jack" },
            { "x:0012", "x:0012" },
            { "instagram:@Ann", "instagram:ann" },
            { "twitch:12", "twitch:12" },
            { "discourse:Forum.Example.org/Mira", "discourse:forum.example.org/mira" },
            { "discourse:forum.example.org/山中小鹿", "discourse:forum.example.org/山中小鹿" },
            { "slack:t012ab/u034cd", "slack:T012AB/U034CD" },
            { "linkedin:urn:li:person:AbC", "linkedin:urn:li:person:AbC" },
            { "youtube:UC12ab", "youtube:UC12ab" },
            { "reddit:u/Mira", "reddit:mira" },
            { "discord:123", "discord:123" },
        };

    public static TheoryData<string, string?> Addresses =>
        new()
        {
            { "https://github.com/Ann", "github:ann" },
            { "github:https://github.com/ann/", "github:ann" },
            { "https://x.com/@Jack?s=20", "x:jack" },
            { "https://www.twitter.com/jack", "x:jack" },
            { "https://bsky.app/profile/ann.bsky.social", "bluesky:ann.bsky.social" },
            { "https://mastodon.example/@mira", "fediverse:mira@mastodon.example" },
            { "acct:mira@mastodon.example", "fediverse:mira@mastodon.example" },
            { "https://www.reddit.com/user/Mira/", "reddit:mira" },
            { "https://forum.example.org/u/mira", "discourse:forum.example.org/mira" },
            { "urn:li:person:AbC", "linkedin:urn:li:person:AbC" },
            { "http://example.org/some/page", null },
            { "mailto:ann@example.org", null },
        };

    public static TheoryData<string> OfNoForm =>
        [
            "github:ada/byron/x",
            "github:ada$",
            "gitea:ada",
            "fediverse:mira",
            "fediverse:mira@",
            "fediverse:https://user@b.example/users/x",
            "discourse:mira",
            "slack:U034CD",
            "discord:mira",
            "x:@",
            "x:a/b",
            "x:mira?s=1",
            "x:mira!",
            "gitea:git.example:0/ann",
            "gitea:git.example:65536/ann",
            "fediverse:mira@m.example:0",
            "reddit:a/b",
        ];

    [Theory]
    [MemberData(nameof(Good))]
    public void These_are_accounts(string text)
    {
        var id = AccountId.Parse(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        Assert.Equal((text, text[..colon], text[(colon + 1)..]), (id.Value, id.Network, id.Name));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void These_are_none_and_the_error_is_the_rule(string? text)
    {
        Assert.False(AccountId.TryParse(text, out _));
        Assert.Equal(AccountId.Rule, Assert.Throws<FormatException>(() => AccountId.Parse(text)).Message);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_id_is_brought_to_one_form(string text, string form) => Assert.Equal(form, AccountId.Parse(text).Value);

    [Theory]
    [MemberData(nameof(Addresses))]
    public void An_address_is_refused_with_the_id_that_was_meant(string text, string? meant)
    {
        Assert.False(AccountId.TryParse(text, out _, out var problem));
        if (meant is null)
            Assert.DoesNotContain("instead", problem, StringComparison.Ordinal);
        else
            Assert.Contains($"'{meant}'", problem, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OfNoForm))]
    public void What_no_account_of_its_network_can_be_is_refused_with_the_networks_form(string text)
    {
        Assert.False(AccountId.TryParse(text, out _, out var problem));
        var rule = NetworkRules.Find(text[..text.IndexOf(':', StringComparison.Ordinal)])!;
        Assert.Contains(rule.Example, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_is_its_own_form()
    {
        var networks = Gen.Int[0, NetworkRules.All.Count].Select(i => i == 0 ? "hy" : NetworkRules.All[i - 1].Network);
        var names = Gen.OneOf(
            Gen.String[Gen.Char["abcXYZJ019@/.:-_[]#é\u0301\u030C \u200B日"], 1, 12],
            Gen.Select(Gen.String[Gen.Char["abXY1"], 1, 5], Gen.String[Gen.Char["abXY1.é:04"], 1, 8], (a, b) => $"{a}@{b}"),
            Gen.Select(Gen.String[Gen.Char["abXY1.é:04"], 1, 8], Gen.String[Gen.Char["abXY1"], 1, 5], (a, b) => $"{a}/{b}"),
            Gen.Select(Gen.String[Gen.Char["abXY1.é:04"], 1, 8], Gen.String[Gen.Char["abXY1/@?"], 1, 6], (a, b) => $"https://{a}/{b}")
        );
        Gen.Select(networks, names)
            .Sample(
                (network, name) =>
                {
                    if (AccountId.TryParse($"{network}:{name}", out var id))
                        Assert.Equal(id, AccountId.Parse(id.Value));
                },
                iter: 20_000
            );
    }

    // Not theory data: runners mangle half a surrogate pair on its way to the test.
    [Fact]
    public void Half_a_surrogate_pair_is_no_character() =>
        Assert.All(["net:\ud800", "net:a\udc00b"], text => Assert.False(AccountId.TryParse(text, out _)));

    [Fact]
    public void They_order_ordinally() =>
        Assert.Equal(["n:B", "n:a", "n:ä"], new[] { "n:ä", "n:a", "n:B" }.Select(AccountId.Parse).Order().Select(a => a.Value));
}
