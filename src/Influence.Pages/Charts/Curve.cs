using System.Globalization;

namespace Influence.Pages.Charts;

/// <summary>The geometry of a curve of days: scales, ticks and points.</summary>
internal sealed class Curve
{
    private const int Left = 44;
    private const int Right = 12;
    private const int Top = 14;
    private const int Bottom = 34;
    private const int MostSteps = 5;
    private static readonly double[] Steps = [1, 2, 5, 10, 20, 25];

    private readonly IReadOnlyList<ScoreOfDay> _days;
    private readonly double _low;
    private readonly double _high;

    /// <summary>A curve of at least one day.</summary>
    public Curve(IReadOnlyList<ScoreOfDay> days, int width, int height)
    {
        (_days, Width, Height) = (days, width, height);
        var (least, most) = (days.Min(d => d.Score), days.Max(d => d.Score));
        var middle = (least + most) / 2;
        (least, most) = (Math.Min(least, middle - ChartScale.LeastSpan / 2), Math.Max(most, middle + ChartScale.LeastSpan / 2));
        var step = Steps.First(s => (most - least) / s <= MostSteps || s == Steps[^1]);
        _low = Math.Max(0, Math.Floor(least / step) * step);
        _high = Math.Ceiling(most / step) * step;
        Levels =
        [
            .. Enumerable.Range(0, (int)Math.Round((_high - _low) / step, MidpointRounding.AwayFromZero) + 1).Select(i => _low + i * step),
        ];
    }

    /// <summary>The picture's width.</summary>
    public int Width { get; }

    /// <summary>The picture's height.</summary>
    public int Height { get; }

    /// <summary>Where the curve's left edge is.</summary>
    public static int Start => Left;

    /// <summary>Where the curve's right edge is.</summary>
    public int End => Width - Right;

    /// <summary>Where its lower edge is.</summary>
    public int Floor => Height - Bottom;

    /// <summary>The scores that have a line across.</summary>
    public IReadOnlyList<double> Levels { get; }

    /// <summary>Places of the days, for the attribute <c>points</c>.</summary>
    public string Line => string.Join(' ', Enumerable.Range(0, _days.Count).Select(i => Invariant($"{X(i)},{Y(_days[i].Score)}")));

    /// <summary>The same closed at the floor.</summary>
    public string Area => Invariant($"{X(0)},{Floor} {Line} {X(_days.Count - 1)},{Floor}");

    /// <summary>The days that have a label: first and last, and one in the middle where there is room.</summary>
    public IEnumerable<(int X, string Anchor, string Day)> Labels
    {
        get
        {
            var last = _days.Count - 1;
            yield return (X(0), last == 0 ? "end" : "start", Numbers.Day(_days[0].Date));
            const int Roomy = 500;
            if (last >= 2 && Width > Roomy)
                yield return (X(last / 2), "middle", Numbers.Day(_days[last / 2].Date));
            if (last > 0)
                yield return (X(last), "end", Numbers.Day(_days[last].Date));
        }
    }

    /// <summary>Days on which something came in.</summary>
    public IEnumerable<(int X, int Y)> Marks =>
        Enumerable.Range(0, _days.Count).Where(i => _days[i].Faded != true).Select(i => (X(i), Y(_days[i].Score)));

    /// <summary>The place of a day, by its date: the left edge is the first day.</summary>
    public int X(int day)
    {
        var (first, last) = (_days[0].Date.DayNumber, _days[^1].Date.DayNumber);
        return last == first ? End : Left + (int)Round((double)(_days[day].Date.DayNumber - first) / (last - first) * (End - Left));
    }

    /// <summary>The place of a score.</summary>
    public int Y(double score) => Floor - (int)Round((score - _low) / (_high - _low) * (Floor - Top));

    private static double Round(double number) => Math.Round(number, MidpointRounding.AwayFromZero);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
