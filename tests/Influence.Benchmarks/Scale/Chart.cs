using System.Text;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Influence.Benchmarks.Scale;

/// <summary>A line chart as SVG, both axes logarithmic.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="X">What the horizontal axis counts.</param>
/// <param name="Series">Its lines, each with its name.</param>
internal sealed record Chart(string Title, string X, IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> Series)
{
    private static readonly OxyColor[] Colors = [OxyColor.FromRgb(0x1f, 0x5f, 0xa8), OxyColor.FromRgb(0xc0, 0x50, 0x20)];

    public string Svg()
    {
        var model = new PlotModel { Title = Title, Background = OxyColors.White };
        model.Axes.Add(
            new LogarithmicAxis
            {
                Position = AxisPosition.Bottom,
                Title = X,
                StringFormat = "N0",
            }
        );
        model.Axes.Add(
            new LogarithmicAxis
            {
                Position = AxisPosition.Left,
                MajorGridlineStyle = LineStyle.Dot,
                StringFormat = "G3",
            }
        );
        model.Legends.Add(new Legend { LegendPosition = LegendPosition.RightTop });
        foreach (var ((name, points), color) in Series.Zip(Colors))
        {
            var line = new LineSeries
            {
                Title = name,
                MarkerType = MarkerType.Circle,
                Color = color,
                MarkerFill = color,
            };
            line.Points.AddRange(points.Select(p => new DataPoint(p.X, p.Y)));
            model.Series.Add(line);
        }

        using var stream = new MemoryStream();
        new SvgExporter { Width = 720, Height = 400 }.Export(model, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
