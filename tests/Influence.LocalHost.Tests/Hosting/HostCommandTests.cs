namespace Influence.LocalHost.Tests.Hosting;

public sealed class HostCommandTests
{
    [Fact]
    public void Without_a_word_the_app_is_in_the_current_folder()
    {
        var command = HostCommand.Parse([]);
        Assert.Equal(Directory.GetCurrentDirectory(), command.App);
        Assert.False(command.WaitForDebugger);
        Assert.Empty(command.Settings);
    }

    [Fact]
    public void What_is_no_option_of_its_own_is_a_setting()
    {
        var command = HostCommand.Parse(["--urls", "http://localhost:1", "--app", "there", "--wait-for-debugger", "--A:B=c"]);
        Assert.Equal(("there", true), (command.App, command.WaitForDebugger));
        Assert.Equal(["--urls", "http://localhost:1", "--A:B=c"], command.Settings);
    }
}
