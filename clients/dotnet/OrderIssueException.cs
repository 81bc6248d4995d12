using System.Net;

namespace OrderIssues.Client;

/// <summary>A call that failed. Its message is for people.</summary>
/// <param name="code">One of <see cref="ProblemCode" />, or another one that a later version of the service gives.</param>
/// <param name="message">What happened.</param>
/// <param name="cause">What it came from.</param>
public sealed class OrderIssueException(string code, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Kind of failure, for programs: one of <see cref="ProblemCode" />, or another one that a later version of the service gives.</summary>
    public string Code { get; } = code;

    /// <summary>The HTTP status; null where no answer came.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Messages for each field that something is wrong with, by its JSON name (<c>items[0].qty</c>).</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>In how long another try may succeed, where the service told.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The key that the request had: with it, the same call can be made again, and is done once.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What the service's log has of the request.</summary>
    public string? TraceId { get; init; }

    /// <summary>All that the service tells of the failure: of <c>events_expired</c>, the events that there are.</summary>
    public Problem? Problem { get; init; }

    /// <summary>The request's method.</summary>
    public string? Method { get; init; }

    /// <summary>The request's path, without the query.</summary>
    public string? Path { get; init; }
}

/// <summary>Why a call failed: a code of the service's, or one of the client's own.</summary>
public static partial class ProblemCode
{
    /// <summary>No answer came in time.</summary>
    public const string Timeout = "timeout";

    /// <summary>No whole answer came: the network failed.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The answer names another address, which isn't followed, since the credential would go along.</summary>
    public const string Redirected = "redirected";

    /// <summary>The answer isn't this service's; a proxy's, perhaps.</summary>
    public const string UnexpectedAnswer = "unexpected_answer";
}
