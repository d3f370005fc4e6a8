using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace Influence.Pages.Images;

/// <summary>The project's own fonts: a picture is the same on every machine, whatever fonts that has.</summary>
/// <remarks>
/// A text is shaped run by run, each in the first font that has its characters. A text of a right-to-left script is laid out from its end;
/// mixed directions within a run are not: names are short.
/// </remarks>
internal sealed class Fonts
{
    private static readonly string[] Files = ["NotoSans", "NotoSansHebrew", "NotoSansArabic", "NotoSansDevanagari"];

    private readonly SKTypeface[] faces =
    [
        .. Files.Select(f =>
            SKTypeface.FromStream(typeof(Fonts).Assembly.GetManifestResourceStream($"{f}-Regular.ttf")!)
            ?? throw new InvalidOperationException($"The font {f} cannot be read.")
        ),
    ];

    /// <summary>Whether all characters of a text can be drawn.</summary>
    public bool Have(string text) => text.EnumerateRunes().All(r => FaceOf(r.Value) is not null);

    /// <summary>How wide a text is, pixels.</summary>
    public float WidthOf(string text, float size) => Runs(text).Sum(r => Measure(r, size));

    /// <summary>Draws a text from its left edge on.</summary>
    public void Draw(SKCanvas canvas, string text, float x, float y, float size, SKPaint paint, bool bold = false)
    {
        foreach (var run in Runs(text))
        {
            using var font = new SKFont(run.Face, size) { Embolden = bold, Subpixel = true };
            using var shaper = new SKShaper(run.Face);
            canvas.DrawShapedText(shaper, run.Text, x, y, SKTextAlign.Left, font, paint);
            x += Measure(run, size);
        }
    }

    private static float Measure(Run run, float size)
    {
        using var font = new SKFont(run.Face, size) { Subpixel = true };
        using var shaper = new SKShaper(run.Face);
        return shaper.Shape(run.Text, font).Width;
    }

    private List<Run> Runs(string text)
    {
        var runs = new List<Run>();
        foreach (var rune in text.EnumerateRunes())
        {
            // White space and marks stay with what stands before them.
            var face =
                runs.Count > 0 && (IsNeutral(rune.Value) || Has(runs[^1].Face, rune.Value))
                    ? runs[^1].Face
                    : FaceOf(rune.Value) ?? faces[0];
            if (runs.Count > 0 && runs[^1].Face == face)
                runs[^1] = runs[^1] with { Text = runs[^1].Text + rune };
            else
                runs.Add(new Run(rune.ToString(), face));
        }

        if (text.EnumerateRunes().Select(r => r.Value).FirstOrDefault(r => !IsNeutral(r)) is >= 0x590 and <= 0x8FF)
            runs.Reverse();
        return runs;
    }

    private SKTypeface? FaceOf(int character) => faces.FirstOrDefault(f => IsNeutral(character) || Has(f, character));

    private static bool Has(SKTypeface face, int character)
    {
        using var font = new SKFont(face);
        return font.ContainsGlyph(character);
    }

    private static bool IsNeutral(int character) => character is ' ' or 0x200C or 0x200D;

    private sealed record Run(string Text, SKTypeface Face);
}
