namespace Influence.Benchmarks.Scale;

internal static class Growth
{
    /// <summary>b of y = a·x^b, the least squares fit of the logarithms.</summary>
    public static double Exponent(IEnumerable<(double X, double Y)> points)
    {
        (double X, double Y)[] logs = [.. points.Select(p => (Math.Log(p.X), Math.Log(p.Y)))];
        var (x, y) = (logs.Average(p => p.X), logs.Average(p => p.Y));
        return logs.Sum(p => (p.X - x) * (p.Y - y)) / logs.Sum(p => (p.X - x) * (p.X - x));
    }
}
