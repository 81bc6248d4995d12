using System.Security.Cryptography;

namespace OrderIssues.WebApi.Idempotency;

/// <summary>Digest of a request's body, as a feature of requests with a key.</summary>
/// <param name="Sha256">Digest.</param>
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
