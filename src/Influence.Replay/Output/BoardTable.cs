using System.Globalization;
using Spectre.Console;

namespace Influence.Replay.Output;

/// <summary>A board as a table.</summary>
internal static class BoardTable
{
    /// <summary>Rank, account, name where any has one, score and change.</summary>
    public static Table Of(BoardPage board)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn("rank").RightAligned());
        table.AddColumn("account");
        var hasNames = board.Rows.Any(r => r.Name is not null);
        if (hasNames)
            table.AddColumn("name");
        table.AddColumn(new TableColumn("score").RightAligned());
        table.AddColumn(new TableColumn("change").RightAligned());
        foreach (var row in board.Rows)
        {
            Text[] name = hasNames ? [new Text(row.Name ?? "")] : [];
            table.AddRow([Text($"{row.Rank:N0}"), new Text(row.Id), .. name, Text($"{row.Score:0.00}"), new Text(Change(row.Change))]);
        }

        return table;
    }

    /// <summary>What the table is of.</summary>
    public static string Caption(BoardPage board) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Board '{board.Board}' of {board.Date:yyyy-MM-dd}: {board.Rows.Count:N0} of {board.Total:N0} accounts, "
                + $"as of {board.AsOf.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."
        );

    private static string Change(double? change) => change is { } c ? c.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) : "new";

    private static Text Text(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));
}
