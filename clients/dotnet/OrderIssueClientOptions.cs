namespace OrderIssues.Client;

/// <summary>Where the service is, who calls, and how long a call may take.</summary>
public sealed class OrderIssueClientOptions
{
    /// <summary>Where the service is, such as <c>https://issues.example.com</c>.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>The API key, if that is the credential.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Gives the bearer token, if that is the credential. Asked before each try, since a token may have run out meanwhile.</summary>
    public Func<CancellationToken, ValueTask<string>>? GetToken { get; set; }

    /// <summary>How long one try of a call may take; a file may take longer once it has begun. 40 seconds: the service takes 30.</summary>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>How often a call is tried again, at most. Six tries that are refused at once take 12 to 24 seconds.</summary>
    public int Retries { get; set; } = 6;

    /// <summary>How long a call may take in all: its tries, and the waits between them. <see cref="Timeout.InfiniteTimeSpan" /> for no limit.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(60);

    internal static string? FaultOf(OrderIssueClientOptions options) => options switch
    {
        { BaseUrl: not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" } } =>
            "BaseUrl must be an absolute http or https URL without a query or a password.",
        { ApiKey: not null, GetToken: not null } => "ApiKey and GetToken can't both be set.",
        { ApiKey: { } key } when !Request.IsHeaderValue(key) => "ApiKey must be visible ASCII characters.",
        _ when options.TryTimeout <= TimeSpan.Zero || options.TryTimeout > TimeSpan.FromDays(1) => "TryTimeout must be positive, and a day at most.",
        _ when !IsDeadline(options.Deadline) => "Deadline must be positive.",
        _ when options.Retries < 0 => "Retries can't be negative.",
        _ => null,
    };

    internal static bool IsDeadline(TimeSpan deadline) => deadline > TimeSpan.Zero || deadline == Timeout.InfiniteTimeSpan;
}
