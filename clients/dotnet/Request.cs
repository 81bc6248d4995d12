using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderIssues.Client;

/// <summary>A request, as it is sent by each try: all but the credential.</summary>
internal sealed class Request(string method, string path, CallOptions? options)
{
    public static readonly JsonSerializerOptions JsonOptions = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    };

    private const string IdempotencyKey = "Idempotency-Key";
    private readonly StringBuilder query = new();
    private readonly List<(string Name, string Value)> headers = [];
    private byte[]? body;

    public string Method => method;

    public string Path { get; private set; } = path;

    public string? Key { get; private set; }

    public CallOptions? Options => options;

    /// <summary>Whether sending it twice does no more than sending it once.</summary>
    public bool IsRepeatable { get; private set; } = method is "GET";

    public static bool IsHeaderValue(string value) => value is not "" && value.All(c => c is >= ' ' and <= '~');

    /// <summary>An empty condition or key would count as none, and the request would do what nobody wants.</summary>
    public static string NotEmpty(string? value) =>
        value is not null && IsHeaderValue(value) ? value : throw new ArgumentException("It must be visible ASCII characters; leave it out for none.", nameof(value));

    public static string? Joined(IReadOnlyList<string>? values) => values is null ? null : string.Join(',', values);

    public void Segment(string name, string value)
    {
        // In a URL these would name another path, and so another operation.
        if (value is null or "" or "." or "..")
        {
            throw new ArgumentException($"{name} can't be \"{value}\".", name);
        }

        Path = Path.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
    }

    public void Query(string name, object? value)
    {
        if (value is IReadOnlyList<string> { Count: 0 })
        {
            throw new ArgumentException($"{name} is an empty list, which would find all; leave it out for that.", name);
        }

        foreach (var item in value as IReadOnlyList<string> ?? (value is null ? [] : [TextOf(value)]))
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(item));
        }
    }

    public void Header(string name, string? value)
    {
        if (name is IdempotencyKey)
        {
            IsRepeatable = true;
            value = Key = value ?? Guid.NewGuid().ToString("N");
        }

        if (value is not null)
        {
            headers.Add((name, value));
        }
    }

    public void Json<T>(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        body = JsonSerializer.SerializeToUtf8Bytes(value, JsonOptions);
    }

    public HttpRequestMessage ToMessage(Uri baseUrl)
    {
        var message = new HttpRequestMessage(new HttpMethod(method), $"{baseUrl.AbsoluteUri.TrimEnd('/')}{Path}{query}");
        foreach (var (name, value) in headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        }

        return message;
    }

    private static string TextOf(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
