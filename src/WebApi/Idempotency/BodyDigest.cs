using System.Security.Cryptography;

namespace OrderIssues.WebApi.Idempotency;

/// <summary>Request feature: digest of a body with a key.</summary>
internal sealed record BodyDigest(byte[] Sha256)
{
    public static void Take(HttpContext context, ReadOnlySpan<byte> body)
    {
        if (context.Request.Headers.ContainsKey(IdempotencyHeaders.Key))
        {
            context.Features.Set(new BodyDigest(SHA256.HashData(body)));
        }
    }
}
