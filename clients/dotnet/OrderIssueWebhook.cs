using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Primitives;

namespace OrderIssues.Client;

/// <summary>Tells the service's webhooks from what anybody else sends.</summary>
public static class OrderIssueWebhook
{
    private const string Prefix = "whsec_";
    private static readonly TimeSpan DefaultTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Gives the event that a webhook brings, once its signature and its time are found right; null for a trial, which brings none.</summary>
    /// <typeparam name="T">A text, or several: what the headers of ASP.NET Core, of an <see cref="HttpClient" /> or of a dictionary are.</typeparam>
    /// <param name="headers">The headers of the request.</param>
    /// <param name="body">The body as it came, before anything has parsed it.</param>
    /// <param name="secrets"><c>whsec_…</c>; several, separated by spaces or in an array, while one is exchanged for another.</param>
    /// <param name="tolerance">How far the time of the request may be from now; 5 minutes without it.</param>
    /// <param name="time">The clock, if it isn't the system's.</param>
    /// <exception cref="WebhookVerificationException">The request isn't one of the service's: answer with 400.</exception>
    /// <exception cref="ArgumentException">A secret isn't one.</exception>
    public static IssueEvent? Verify<T>(
        IEnumerable<KeyValuePair<string, T>> headers, ReadOnlySpan<byte> body, StringValues secrets, TimeSpan? tolerance = null, TimeProvider? time = null)
    {
        var keys = ToKeys(secrets);
        var (id, timestamp, signatures) = (Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"));
        if (id is "" || timestamp is "" || signatures is "")
        {
            throw new WebhookVerificationException(WebhookFault.MissingHeader, "It must have webhook-id, webhook-timestamp and webhook-signature.");
        }

        var now = (time ?? TimeProvider.System).GetUtcNow().ToUnixTimeSeconds();
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now - (decimal)seconds) > (decimal)(tolerance ?? DefaultTolerance).TotalSeconds)
        {
            throw new WebhookVerificationException(WebhookFault.StaleTimestamp, "It was signed too long ago, or one side's clock is wrong.");
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        foreach (var signature in signatures.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Where(text => text.StartsWith("v1,", StringComparison.Ordinal)))
        {
            var given = Decode(signature[3..].TrimEnd(','));
            foreach (var key in keys)
            {
                if (CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, signed), given))
                {
                    return ToEvent(body);
                }
            }
        }

        throw new WebhookVerificationException(
            WebhookFault.WrongSignature, "None of the secrets has signed it: is the body as it came, and the secret right?");

        string Header(string name) => string.Join(' ', headers
            .Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            .SelectMany(header => header.Value is string text ? [text] : header.Value as IEnumerable<string?> ?? []));
    }

    /// <inheritdoc cref="Verify{T}(IEnumerable{KeyValuePair{string, T}}, ReadOnlySpan{byte}, StringValues, TimeSpan?, TimeProvider?)" />
    public static IssueEvent? Verify<T>(
        IEnumerable<KeyValuePair<string, T>> headers, string body, StringValues secrets, TimeSpan? tolerance = null, TimeProvider? time = null) =>
        Verify(headers, Encoding.UTF8.GetBytes(body), secrets, tolerance, time);

    private static List<byte[]> ToKeys(StringValues secrets)
    {
        var texts = string.Join(' ', [.. secrets]).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
        var keys = texts.Select(text => text.StartsWith(Prefix, StringComparison.Ordinal) ? Decode(text[Prefix.Length..]) : []).ToList();
        return keys.Count > 0 && keys.TrueForAll(key => key.Length > 0)
            ? keys
            : throw new ArgumentException($"A secret must be {Prefix} and Base64.", nameof(secrets));
    }

    /// <summary>Nothing for what isn't Base64.</summary>
    private static byte[] Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : [];
    }

    private static IssueEvent? ToEvent(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<Kind>(body)?.Type is "webhook.ping"
                ? null
                : JsonSerializer.Deserialize<IssueEvent>(body, Request.JsonOptions) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new WebhookVerificationException(WebhookFault.MalformedBody, "It is signed, but the body isn't an event.", exception);
        }
    }

    private sealed record Kind([property: JsonPropertyName("type")] string? Type);
}

/// <summary>A request that isn't, or can't be shown to be, one of the service's.</summary>
/// <param name="code">One of <see cref="WebhookFault" />.</param>
/// <param name="message">What is wrong, for people.</param>
/// <param name="cause">What it came from.</param>
public sealed class WebhookVerificationException(string code, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What is wrong, for programs: one of <see cref="WebhookFault" />.</summary>
    public string Code { get; } = code;
}

/// <summary>Why a request isn't taken for one of the service's.</summary>
public static class WebhookFault
{
    /// <summary>A header that each webhook has is missing.</summary>
    public const string MissingHeader = "missing_header";

    /// <summary>It was signed too long ago, or one side's clock is wrong.</summary>
    public const string StaleTimestamp = "stale_timestamp";

    /// <summary>None of the secrets has signed this body.</summary>
    public const string WrongSignature = "wrong_signature";

    /// <summary>It is signed, but it isn't an event.</summary>
    public const string MalformedBody = "malformed_body";
}
