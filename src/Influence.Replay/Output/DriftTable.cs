using System.Globalization;
using Spectre.Console;

namespace Influence.Replay.Output;

/// <summary>Drifts as a table.</summary>
internal static class DriftTable
{
    /// <summary>Account, figure, stored, recomputed and points of score.</summary>
    public static Table Of(IEnumerable<VerifyDrift> drifts)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("account");
        table.AddColumn("what");
        foreach (var number in new[] { "stored", "recomputed", "points" })
            table.AddColumn(new TableColumn(number).RightAligned());
        foreach (var drift in drifts)
            table.AddRow(
                new Text(drift.Id),
                new Text(drift.What),
                Number(drift.Stored),
                Number(drift.Recomputed),
                new Text(Points(drift.Points))
            );
        return table;
    }

    private static Text Number(double value) => new(value.ToString("0.######", CultureInfo.InvariantCulture));

    private static string Points(double points) => points.ToString("+0.000000;-0.000000;0", CultureInfo.InvariantCulture);
}
