using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OrderIssues.WebApi.Security;

/// <summary>Key of a caller, kept as a hash only.</summary>
internal sealed record ApiKey
{
    public const int MinCharacters = 16;

    // As many as the hash has; guessing is hopeless (RFC 4086 section 8.2).
    private const int RandomBytes = 32;

    /// <summary>Name of the owner, who may have several keys, so that one can replace another.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key in UTF-8. Needs no salt, since keys are random and long.</summary>
    public required byte[] Sha256 { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Makes a random key in base64url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
