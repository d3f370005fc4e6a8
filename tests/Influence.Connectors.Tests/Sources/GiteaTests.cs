using System.Net;
using System.Text;

namespace Influence.Connectors.Tests.Sources;

public sealed class GiteaTests
{
    [Theory]
    [InlineData("X-Gitea-Signature", "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", true)]
    [InlineData("X-Forgejo-Signature", "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", true)]
    [InlineData("X-Gitea-Signature", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", false)]
    [InlineData("X-Gitea-Signature", "757107EA0EB2509FC211221CCE984B8A37570B6D7586C22C46F4379C8B043E17", false)]
    [InlineData("X-Gitea-Signature", "857107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", false)]
    public void The_signature_is_bare_hex(string header, string signature, bool isGenuine) =>
        Assert.Equal(
            isGenuine,
            Some.Connector("gitea")
                .VerifySignature(Some.Delivery("Hello, World!", (header, signature)), Some.Settings("It's a Secret to Everybody"), Some.Now)
        );

    [Fact]
    public void Of_a_form_the_json_is_signed()
    {
        var (json, form) = (new Sample("gitea", "comment-created"), new Sample("gitea", "comment-as-form"));
        // Written by another program, in another spelling of the same JSON.
        var signed = Encoding.UTF8.GetBytes(WebUtility.UrlDecode(Encoding.UTF8.GetString(form.Body)["payload=".Length..]));
        var gitea = Some.Connector("gitea");
        var delivery = Some.Delivery(form.Body, gitea.Sign(signed, "secret", Some.Now));
        Assert.True(gitea.VerifySignature(delivery, Some.Settings("secret"), Some.Now));
        Assert.False(gitea.VerifySignature(delivery, Some.Settings("other"), Some.Now));
        Assert.Equal(File.ReadAllText(json.ExpectedFile), File.ReadAllText(form.ExpectedFile));
    }

    [Fact]
    public void The_repository_that_was_forked_is_the_forkee()
    {
        var fork = (Interaction)((TakeFact)Translate("fork").Items.Single()).Fact;
        Assert.Equal(
            ("gitea:forge.harbor.example/mira.oduya", "gitea:forge.harbor.example/harbor-works"),
            (fork.Actor.Value, fork.Target?.Value)
        );
    }

    [Fact]
    public void A_comment_takes_back_what_it_counted_also_when_its_text_is_another_by_then()
    {
        var told = (RememberFacts)Translate("comment-created").Items.Single();
        var taken = (TakeBack)Translate("comment-deleted-after-edit").Items.Single();
        Assert.Equal(2, told.Facts.Count);
        Assert.Equal(told.Key, taken.Key);
    }

    [Fact]
    public void A_deletion_that_does_not_say_of_what_is_malformed() => Assert.Equal([Translation.Malformed], Deleted().Skipped.Keys);

    [Fact]
    public void The_server_is_named_in_the_body_only_and_so_are_its_people()
    {
        var translation = Translate("comment-created");
        Assert.Equal("forge.harbor.example", translation.Instance);
        Assert.Null(Some.Connector("gitea").InstanceOf(new Sample("gitea", "comment-created").Delivery));
    }

    [Fact]
    public void Private_repositories_count_only_where_that_is_switched_on()
    {
        var delivery = new Sample("gitea", "issue-in-private-repository").Delivery;
        Assert.Equal(["issues.private"], Some.Connector("gitea").Translate(delivery, Some.Now)!.Skipped.Keys);
        Assert.NotEmpty(Some.Connector("gitea").Translate(delivery, Some.Now, includePrivate: true)!.Items);
    }

    private static Translation Deleted() =>
        Some.Connector("gitea")
            .Translate(
                Some.Delivery(
                    """{"action":"deleted","repository":{"html_url":"https://a.example/o/r"},"comment":{"user":{"id":1}}}""",
                    ("X-Gitea-Event", "issue_comment")
                ),
                Some.Now
            )!;

    private static Translation Translate(string sample) =>
        Some.Connector("gitea").Translate(new Sample("gitea", sample).Delivery, Some.Now)!;
}
