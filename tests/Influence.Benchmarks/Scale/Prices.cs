namespace Influence.Benchmarks.Scale;

/// <summary>What storage requests are assumed to cost; a transaction of up to 100 rows is one request.</summary>
internal static class Prices
{
    public const string Assumptions =
        "Assumed, as in operations.md: $0.036 for a million requests to tables (a transaction is one), $0.40 for a "
        + "million to queues. Not counted: capacity, compute, and a host's polling of empty queues.";

    public static double Of(double tables, double queues) => ((tables * 0.036) + (queues * 0.40)) / 1e6;

    public static string Show(double dollars) =>
        $"${dollars.ToString(dollars < 0.01 ? "0.000000" : "0.0000", System.Globalization.CultureInfo.InvariantCulture)}";
}
