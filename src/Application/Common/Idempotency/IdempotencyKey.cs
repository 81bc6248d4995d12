namespace OrderIssues.Application.Common.Idempotency;

/// <summary>The name that a caller gave to one thing it wants done, so that it is done once however often it is asked for.</summary>
public sealed record IdempotencyKey
{
    /// <summary>Whose key it is: the same key of another caller is another one. Empty: anyone's.</summary>
    public required string Caller { get; init; }

    /// <summary>What is to be done.</summary>
    public required string Operation { get; init; }

    /// <summary>What it is to be done to, however it is spelled; empty for what is new.</summary>
    public string Subject { get; init => field = PlainText.Clean(value) ?? ""; } = "";

    /// <summary>What the caller called it.</summary>
    public required string Name { get; init; }

    /// <summary>A digest of all else that the request says. With another one the key stands for something else, which is refused.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>All but the fingerprint, as one text that no other key has. Only the last part can have a slash in it.</summary>
    public string Text => $"{Uri.EscapeDataString(Caller)}/{Operation}/{Uri.EscapeDataString(Subject)}/{Name}";
}
