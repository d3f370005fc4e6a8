using System.Globalization;
using SkiaSharp;

namespace Influence.Pages.Images;

/// <summary>The picture that a shared link shows: name, score and the line of the last days, 1200 × 630, PNG.</summary>
public static class ShareImage
{
    /// <summary>Its width, pixels.</summary>
    public const int Width = 1200;

    /// <summary>Its height, pixels.</summary>
    public const int Height = 630;

    private const int Margin = 80;
    private const float NameSize = 64;
    private const float LeastNameSize = 40;
    private const float IdSize = 30;
    private const float ScoreSize = 190;
    private const float SmallSize = 34;
    private const int LineLeft = 640;
    private const int LineTop = 290;
    private const int LineHeight = 200;

    private static readonly SKColor Paper = new(0xfa, 0xf9, 0xf6);
    private static readonly SKColor Ink = new(0x1d, 0x23, 0x30);
    private static readonly SKColor Soft = new(0x56, 0x5e, 0x6c);
    private static readonly SKColor Bar = new(0x3d, 0x7e, 0xa6);
    private static readonly Lazy<Fonts> Faces = new();

    /// <summary>Draws it.</summary>
    /// <param name="card">The profile.</param>
    /// <param name="scores">Its scores of the last days, the latest last; none for no line.</param>
    /// <param name="language">One of <see cref="Languages.All"/>.</param>
    public static byte[] Draw(ScoreCard card, IReadOnlyList<double> scores, string language)
    {
        var (fonts, texts) = (Faces.Value, new Texts(language));
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height));
        var canvas = surface.Canvas;
        canvas.Clear(Paper);
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        using var soft = new SKPaint { Color = Soft, IsAntialias = true };
        using var bar = new SKPaint { Color = Bar, IsAntialias = true };
        canvas.DrawRect(0, 0, Width, 14, bar);

        // A name with a character that no font here has is left to the page: boxes help nobody.
        var name = card.Name is { } told && fonts.Have(told) ? told : null;
        var title = name ?? (fonts.Have(card.Id) ? card.Id : texts["Image_nameless"]);
        DrawFitting(fonts, canvas, title, 130, ink);
        if (name is not null && fonts.Have(card.Id))
            fonts.Draw(canvas, Cut(fonts, card.Id, IdSize), Margin, 180, IdSize, soft);

        var score = Numbers.Score(card.Score);
        fonts.Draw(canvas, score, Margin - 8, 440, ScoreSize, ink, bold: true);
        fonts.Draw(canvas, texts["Score_of"], Margin, 500, SmallSize, soft);
        fonts.Draw(canvas, texts["Foot_kind"], Margin, Height - 40, 26, soft);
        DrawLine(canvas, scores);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static void DrawFitting(Fonts fonts, SKCanvas canvas, string text, float y, SKPaint paint)
    {
        var fitting = NameSize * (Width - (2 * Margin)) / Math.Max(1, fonts.WidthOf(text, NameSize));
        var size = Math.Clamp(fitting, LeastNameSize, NameSize);
        fonts.Draw(canvas, Cut(fonts, text, size), Margin, y, size, paint, bold: true);
    }

    // Whole graphemes, so that no accent loses its letter.
    private static string Cut(Fonts fonts, string text, float size)
    {
        const string More = "…";
        if (fonts.WidthOf(text, size) <= Width - (2 * Margin))
            return text;
        var starts = StringInfo.ParseCombiningCharacters(text);
        var (fits, tooLong) = (0, starts.Length);
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            if (fonts.WidthOf(text[..starts[middle]] + More, size) <= Width - (2 * Margin))
                fits = middle;
            else
                tooLong = middle;
        }

        return text[..starts[fits]] + More;
    }

    private static void DrawLine(SKCanvas canvas, IReadOnlyList<double> scores)
    {
        if (scores.Count < 2)
            return;
        var (least, most) = (scores.Min(), scores.Max());
        var span = Math.Max(ChartScale.LeastSpan, most - least);
        var top = ((least + most) / 2) + (span / 2);
        var step = (Width - Margin - LineLeft) / (float)(scores.Count - 1);
        using var builder = new SKPathBuilder();
        foreach (var (i, score) in scores.Index())
        {
            var point = new SKPoint(LineLeft + (i * step), LineTop + (float)((top - score) / span * LineHeight));
            if (i == 0)
                builder.MoveTo(point);
            else
                builder.LineTo(point);
        }

        using var path = builder.Detach();
        using var stroke = new SKPaint
        {
            Color = Bar,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 6,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
        };
        canvas.DrawPath(path, stroke);
        var last = new SKPoint(Width - Margin, LineTop + (float)((top - scores[^1]) / span * LineHeight));
        stroke.Style = SKPaintStyle.Fill;
        canvas.DrawCircle(last, 10, stroke);
    }
}
