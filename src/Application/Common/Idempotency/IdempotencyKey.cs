namespace OrderIssues.Application.Common.Idempotency;

/// <summary>Name that a caller gives to one piece of work, which is then done once however often it is asked for.</summary>
public sealed record IdempotencyKey
{
    /// <summary>Owner of the key; empty for anonymous callers. Another caller's key of the same name is another key.</summary>
    public required string Caller { get; init; }

    /// <summary>Operation that does the work.</summary>
    public required string Operation { get; init; }

    /// <summary>Order that the work is about, however it is spelled; empty for new issues.</summary>
    public string Subject { get; init => field = PlainText.Clean(value) ?? ""; } = "";

    /// <summary>Name, as the caller chose it.</summary>
    public required string Name { get; init; }

    /// <summary>Digest of the rest of the request. A key that comes with another one is refused.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Unique text of the key, without the fingerprint. Only its last part can have a slash in it.</summary>
    public string Text => $"{Uri.EscapeDataString(Caller)}/{Operation}/{Uri.EscapeDataString(Subject)}/{Name}";
}
