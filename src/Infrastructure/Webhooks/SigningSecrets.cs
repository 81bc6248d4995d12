using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OrderIssues.Infrastructure.Webhooks;

/// <summary>Secrets of an endpoint, the newest first (https://github.com/standard-webhooks/standard-webhooks, 1.0.0).</summary>
internal sealed class SigningSecrets
{
    public const int MinBytes = 24;
    public const int MaxBytes = 64;
    private const string Prefix = "whsec_";

    private readonly IReadOnlyList<byte[]> secrets;

    private SigningSecrets(IReadOnlyList<byte[]> secrets) => this.secrets = secrets;

    public static bool TryParse(string text, [NotNullWhen(true)] out SigningSecrets? secrets)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Decode).ToList();
        secrets = parts.Count > 0 && parts.All(part => part is { Length: >= MinBytes and <= MaxBytes }) ? new(parts!) : null;
        return secrets is not null;
    }

    /// <exception cref="FormatException">They aren't secrets.</exception>
    public static SigningSecrets Parse(string text) => TryParse(text, out var secrets) ? secrets : throw new FormatException();

    /// <summary>Signs a message with every secret.</summary>
    public string Sign(string id, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, content))}"));
    }

    private static byte[]? Decode(string secret)
    {
        var bytes = new byte[secret.Length];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) ? bytes[..length] : null;
    }
}
