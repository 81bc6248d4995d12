using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OrderIssues.WebApi.Security;

internal sealed record ApiKey
{
    public const int MinCharacters = 16;
    // As long as the hash, far more than guessing needs (RFC 4086 section 8.2).
    private const int RandomBytes = 32;

    /// <summary>Owner, who may have several keys.</summary>
    public required string Name { get; init; }

    // No salt, since keys are random and long.
    public required byte[] Sha256 { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
