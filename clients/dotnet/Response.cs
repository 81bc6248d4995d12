using System.Net;
using System.Text.Json.Serialization;

namespace OrderIssues.Client;

/// <summary>What an answer's headers tell.</summary>
public class Response
{
    /// <summary>The HTTP status.</summary>
    [JsonIgnore]
    public HttpStatusCode Status { get; set; }

    /// <summary>Whether something was made: 201 rather than 200.</summary>
    [JsonIgnore]
    public bool Created => Status == HttpStatusCode.Created;

    /// <summary>The state of the issue, for <c>IfMatch</c>; null where the answer isn't one issue.</summary>
    [JsonIgnore]
    public string? ETag { get; set; }

    /// <summary>Whether this is the answer that the same idempotency key was given before.</summary>
    [JsonIgnore]
    public bool Replayed { get; set; }

    /// <summary>The trace that the request is part of, for logs.</summary>
    [JsonIgnore]
    public string? TraceId { get; set; }
}
