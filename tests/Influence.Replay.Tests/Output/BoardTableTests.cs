namespace Influence.Replay.Tests.Output;

public sealed class BoardTableTests
{
    [Fact]
    public void Names_have_a_column_where_any_account_has_one()
    {
        var (named, bare) = (Row("x:1", "Mira"), Row("x:2", null));
        Assert.Equal(5, BoardTable.Of(Board(named, bare)).Columns.Count);
        Assert.Equal(4, BoardTable.Of(Board(bare)).Columns.Count);
    }

    private static BoardPage Board(params BoardRow[] rows) => new("global", default, default, rows.Length, "e", rows);

    private static BoardRow Row(string id, string? name) => new(1, id, 50, 1, null, null, name);
}
