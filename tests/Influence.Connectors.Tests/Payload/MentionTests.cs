namespace Influence.Connectors.Tests.Payload;

public sealed class MentionTests
{
    [Theory]
    [InlineData("@ana and @Bo-b, @ana!", "ana bo-b")]
    [InlineData("(@ana) \"@bob\"", "ana bob")]
    [InlineData("mail ana@example.com or @@bob", "")]
    [InlineData("@org/team @ana", "ana")]
    [InlineData("@ @- @_", "")]
    [InlineData("_@ana_ **@bob** foo_@cat ~~@dan~~", "ana bob dan")]
    [InlineData("@averyveryverylongname", "")]
    [InlineData("merci @josé, @jos\u0301e, @ana🦭, @bob’s", "ana bob")]
    [InlineData("é@ana こんにちは@bob", "bob")]
    [InlineData("https://medium.com/@ana http://b.example/?q=@bob mailto:x@y.example @cat", "cat")]
    [InlineData("npm i @scope/pkg@latest @types/node", "")]
    [InlineData("[@&#8203;ana](https://github.com/ana)", "")]
    [InlineData(null, "")]
    public void People_are_found_in_text(string? text, string names) => Assert.Equal(names, string.Join(' ', Mentions.In(text, 12)));

    [Theory]
    [InlineData("`@code` but @ana", "ana")]
    [InlineData("``@code ` @code`` @ana", "ana")]
    [InlineData("` @ana ``", "ana")]
    [InlineData("`` `@code` ``", "")]
    [InlineData("`some\n@code` @ana", "ana")]
    [InlineData("`some\n\n@ana`", "ana")]
    [InlineData("\\`@ana`", "ana")]
    [InlineData("\\``@code``@code`", "")]
    [InlineData("```\n@code\n```\n@ana", "ana")]
    [InlineData("~~~ js\n@code\n```\n@code\n~~~\n@ana", "ana")]
    [InlineData("````md\n```js\n@code\n```\n@code\n````\n@ana", "ana")]
    [InlineData("```\n@code\n\n@code", "")]
    [InlineData("``` a`b\n@ana", "ana")]
    [InlineData("- a\n  ```\n  @code\n  ```\n  @ana", "ana")]
    [InlineData("- a\n  ```\n  @code\n\n@ana", "ana")]
    [InlineData("text\n\n    @code\n\n@ana", "ana")]
    [InlineData("text\n    @ana", "ana")]
    [InlineData("text\n\n\t@code", "")]
    [InlineData("- a\n\n    @ana", "ana")]
    [InlineData("- a\n\n      @code", "")]
    [InlineData("1. a\n   - b\n\n     @ana\n\n         @code", "ana")]
    [InlineData("-     @code", "")]
    public void Code_mentions_nobody(string text, string names) => Assert.Equal(names, string.Join(' ', Mentions.In(text, 12)));

    [Theory]
    [InlineData("> @quoted\n@ana", "ana")]
    [InlineData("- > @quoted\n- @ana", "ana")]
    [InlineData("   > > @quoted", "")]
    [InlineData("Thanks.\r\n\r\nOn Fri, Nov 20, 2026 at 9:00 AM @quoted wrote:\r\n\r\n> @quoted", "")]
    [InlineData("Thanks @ana.\nOn Fri, Nov 20, 2026 at 9:00 AM @quoted\nwrote:\n> @quoted", "ana")]
    [InlineData("On this @ana wrote:\n\nmore", "ana")]
    [InlineData("<blockquote>\n\n@quoted\n\n</blockquote>\n@ana", "ana")]
    public void A_quotation_mentions_nobody(string text, string names) => Assert.Equal(names, string.Join(' ', Mentions.In(text, 12)));

    [Theory]
    [InlineData("<!-- @hidden -->\r\nIt breaks @ana", "ana")]
    [InlineData("<!--\r\ncc @hidden\r\n\r\n@hidden\r\n--> @ana", "ana")]
    [InlineData("a <!-- @hidden\n@hidden --> @ana", "ana")]
    [InlineData("a <!-- @ana\n\n-->", "ana")]
    [InlineData("<!-- never ends\n\n@hidden", "")]
    [InlineData("<code>@code</code> <b>@ana</b>", "ana")]
    [InlineData("a <code>@code\n@code", "")]
    [InlineData("<pre>\n@code\n\n@code\n</pre>\n@ana", "ana")]
    [InlineData("use `<pre>` and\n\n@ana", "ana")]
    [InlineData("<pre>a</pre><pre>@code</pre>@ana", "ana")]
    [InlineData("<a href=\"@hidden\" title='@hidden'>@ana</a>", "ana")]
    [InlineData("<cat@example.org> 1 <2 @ana> a<b @bob > c", "ana bob")]
    [InlineData("[@ana](@hidden) [b]( c \"@hidden\" ) [d](and @bob)", "ana bob")]
    [InlineData("<details>\n<summary>@ana</summary>\n\n@bob\n</details>", "ana bob")]
    public void What_nobody_sees_mentions_nobody(string text, string names) => Assert.Equal(names, string.Join(' ', Mentions.In(text, 12)));

    [Theory]
    [InlineData("@山中小鹿 你好 und @josé, @ana.b.", "山中小鹿 josé ana.b")]
    [InlineData("über@ana 你好@bob", "")]
    public void Names_may_be_of_any_script(string text, string names) =>
        Assert.Equal(names, string.Join(' ', Mentions.OfAnyScriptIn(text, 12, ".")));

    [Fact]
    public void In_plain_text_every_character_is_shown() =>
        Assert.Equal("ana bob", string.Join(' ', Mentions.InPlain("> @ana\n\n    `@bob`", 12)));

    [Fact]
    public void A_list_of_everybody_stops_early() =>
        Assert.Equal(Mentions.Max, Mentions.In(string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"@user{i}")), 20).Count);

    // 32 times the text, where a square would take 1,024 times as long. What stands before the star comes once, the rest repeatedly.
    [Theory]
    [InlineData("*[")]
    [InlineData("*[a](")]
    [InlineData("*](")]
    [InlineData("*](a \"")]
    [InlineData("](a*\n ")]
    [InlineData("*](a '](b \"")]
    [InlineData("*<a ")]
    [InlineData("*<a b=\"<c d='")]
    [InlineData("*<!-- ")]
    [InlineData("*a <!-- ")]
    [InlineData("*<code>")]
    [InlineData("*</code>")]
    [InlineData("*<pre></pre>")]
    [InlineData("*> ")]
    [InlineData("*- ")]
    [InlineData("*1. ")]
    [InlineData("*- a\n  ")]
    [InlineData("*\\`")]
    [InlineData("*`a``b```c")]
    [InlineData("*@a ")]
    [InlineData("@*a")]
    [InlineData("*a://")]
    [InlineData("* \n")]
    [InlineData("*\t")]
    public void Time_grows_with_the_text_and_not_with_its_square(string shape)
    {
        var parts = shape.Split('*');
        string Text(int length) => "@z-" + parts[0] + string.Concat(Enumerable.Repeat(parts[1], length / parts[1].Length));
        var (small, large) = (Text(1 << 15), Text(1 << 20));
        Assert.InRange(Effort.Growth(() => Mentions.In(small, 39), () => Mentions.In(large, 39)), 0, 250);
    }

    [Fact]
    public void Backticks_in_ever_longer_runs_take_no_longer()
    {
        string Text(int runs) => "@z" + string.Concat(Enumerable.Range(1, runs).Select(i => new string('`', i) + "a"));
        var (small, large) = (Text(250), Text(1400));
        Assert.InRange(Effort.Growth(() => Mentions.In(small, 39), () => Mentions.In(large, 39)), 0, 250);
    }
}
