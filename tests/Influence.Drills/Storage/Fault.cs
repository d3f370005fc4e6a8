namespace Influence.Drills.Storage;

/// <summary>What happens to a call on its way to storage.</summary>
internal enum Fault
{
    /// <summary>The connection breaks before storage hears of it.</summary>
    DropBefore,

    /// <summary>Storage does it, and the answer is lost.</summary>
    DropAfter,

    /// <summary>Storage hears of it late, when the caller may have given up.</summary>
    DelayBefore,

    /// <summary>Storage does it, and the answer comes late.</summary>
    DelayAfter,

    /// <summary>The connection breaks in the middle of the answer.</summary>
    Truncate,

    Status500,
    Status503,
    Status409,
    Status412,
    Status403,

    /// <summary>Something on the way answers a page: 200 and HTML.</summary>
    Page,

    /// <summary>Something on the way answers 503, with JSON that is not storage's.</summary>
    Json503,
}

/// <summary>A service of storage.</summary>
internal enum Service
{
    Blobs,
    Queues,
    Tables,
}
