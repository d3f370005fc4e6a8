namespace Influence.Pages;

/// <summary>How large a frame the card needs that <see cref="PageRenderer.EmbedAsync"/> renders.</summary>
public static class EmbedSize
{
    /// <summary>Its width, pixels.</summary>
    public const int Width = 340;

    /// <summary>Its height, pixels.</summary>
    public const int Height = 150;
}
