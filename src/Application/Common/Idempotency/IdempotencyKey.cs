namespace OrderIssues.Application.Common.Idempotency;

/// <summary>Caller's name for work to do only once.</summary>
public sealed record IdempotencyKey
{
    /// <summary>Owner of the key; empty for anonymous callers.</summary>
    public required string Caller { get; init; }

    /// <summary>Operation that does the work.</summary>
    public required string Operation { get; init; }

    /// <summary>Order of the work; empty for new issues.</summary>
    public string Subject { get; init => field = PlainText.Clean(value) ?? ""; } = "";

    /// <summary>Name, as the caller chose it.</summary>
    public required string Name { get; init; }

    /// <summary>Digest of the request's rest; must not change.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Unique text; only the last part can have slashes.</summary>
    public string Text => $"{Uri.EscapeDataString(Caller)}/{Operation}/{Uri.EscapeDataString(Subject)}/{Name}";
}
