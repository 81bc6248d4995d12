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

    /// <summary>How long after its start a call may be tried again. Zero for never.</summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a call may take in all. Without it, what the other two allow.</summary>
    public TimeSpan? Deadline { get; set; }

    internal static string? FaultOf(OrderIssueClientOptions options) => options switch
    {
        { BaseUrl: not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "" } } =>
            "BaseUrl must be an absolute http or https URL without a query.",
        { ApiKey: not null, GetToken: not null } => "ApiKey and GetToken can't both be set.",
        { ApiKey: { } key } when !Request.IsHeaderValue(key) => "ApiKey must be visible ASCII characters.",
        _ when options.TryTimeout <= TimeSpan.Zero || options.TryTimeout > TimeSpan.FromDays(1) => "TryTimeout must be positive, and a day at most.",
        _ when options.Deadline <= TimeSpan.Zero => "Deadline must be positive.",
        _ when options.RetryFor < TimeSpan.Zero => "RetryFor can't be negative.",
        _ => null,
    };
}
