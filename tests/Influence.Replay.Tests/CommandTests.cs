namespace Influence.Replay.Tests;

public sealed class CommandTests
{
    private readonly ReplayCommand command = new();

    [Fact]
    public void Without_arguments_the_options_are_the_documented_ones() =>
        Assert.Equal(new ReplayOptions(), command.Read(command.Parse([]), _ => null));

    [Fact]
    public void Every_option_is_read()
    {
        const string Line =
            "log.gz --url https://host.example/base --format snap --network x-1 --limit 9 --shift now --batch 7 "
            + "--random-batches 3 --shuffle 4 --twice --parallel 2 --patience 30 --seed 5 --interactions 6 --key k "
            + "--no-publish --board topic:music --top 8 --fresh --leave-running "
            + "--map type=kind,at=when --milliseconds --skip-bad --dry-run";
        var parsed = command.Parse(Line.Split(' '));
        Assert.Empty(parsed.Errors);
        var expected = new ReplayOptions
        {
            File = "log.gz",
            Url = new Uri("https://host.example/base"),
            Format = FileFormat.Snap,
            Network = "x-1",
            Limit = 9,
            Shift = ShiftMode.Now,
            Batch = 7,
            RandomBatches = 3,
            Shuffle = 4,
            Twice = true,
            Parallel = 2,
            Patience = TimeSpan.FromSeconds(30),
            Seed = 5,
            Interactions = 6,
            Key = "k",
            AdminKey = "INFLUENCE_ADMIN_KEY",
            Publish = false,
            Board = "topic:music",
            Top = 8,
            Fresh = true,
            LeaveRunning = true,
            Map = "type=kind,at=when",
            Milliseconds = true,
            SkipBad = true,
            DryRun = true,
        };
        Assert.Equal(expected, command.Read(parsed, name => name));
    }

    [Theory]
    [InlineData("--batch", "0")]
    [InlineData("--batch", "1001")]
    [InlineData("--batch", "many")]
    [InlineData("--limit", "0")]
    [InlineData("--limit", "x")]
    [InlineData("--shift", "later")]
    [InlineData("--url", "ftp://host.example")]
    [InlineData("--network", "No")]
    [InlineData("--map", "kind")]
    [InlineData("--map", "kind=type")]
    [InlineData("--map", "type=a,type=b")]
    [InlineData("--map", "type=")]
    [InlineData("--nonsense", "1")]
    public void Bad_arguments_are_told(string option, string value) => Assert.NotEmpty(command.Parse([option, value]).Errors);

    [Fact]
    public void An_app_is_stopped_or_left_not_both()
    {
        Assert.True(command.Read(command.Parse("--stop"), _ => null).Stop);
        Assert.Equal(
            "--stop and --leave-running are opposites: give one of them, or neither.",
            Assert.Single(command.Parse("--stop --leave-running").Errors).Message
        );
    }

    [Fact]
    public void An_import_takes_a_file_as_it_is()
    {
        foreach (var line in new[] { "log.csv --import", "log.csv --import --shift none" })
        {
            var parsed = command.Parse(line.Split(' '));
            Assert.Empty(parsed.Errors);
            var options = command.Read(parsed, _ => null);
            Assert.Equal((true, ShiftMode.None), (options.Import, options.Shift));
        }
    }

    [Theory]
    [InlineData(
        "log.csv --import --shift now",
        "--import takes the moments of a file as they are: leave --shift out, or give --shift none."
    )]
    [InlineData(
        "log.csv --import --shift auto",
        "--import takes the moments of a file as they are: leave --shift out, or give --shift none."
    )]
    [InlineData("--import", "--import needs a file: the made-up community is of the last days.")]
    public void An_import_of_anything_else_is_told(string line, string error) =>
        Assert.Equal(error, Assert.Single(command.Parse(line.Split(' ')).Errors).Message);

    [Fact]
    public void A_shift_that_is_none_is_told_once_with_an_import_as_without() =>
        Assert.Contains(
            "later",
            Assert.Single(command.Parse(["log.csv", "--import", "--shift", "later"]).Errors).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_map_that_is_none_names_the_part_and_the_fields()
    {
        var error = command.Parse(["--map", "type=kind,who=actor"]).Errors.Single().Message;
        Assert.Equal(
            "--map: there is no field 'who'; "
                + "the fields are type, actor, target, at, id, object, topics, community, undo, actorName, targetName.",
            error
        );
    }

    [Fact]
    public void The_help_names_every_column()
    {
        var output = new StringWriter();
        command.Parse(["--help"]).Invoke(new() { Output = output });
        var help = string.Join(' ', output.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            "type, actor, target, at and, where there are any, id, object, topics, community, undo",
            help,
            StringComparison.Ordinal
        );
    }
}
