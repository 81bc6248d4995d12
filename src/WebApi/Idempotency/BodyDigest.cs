using System.Security.Cryptography;

namespace OrderIssues.WebApi.Idempotency;

/// <summary>A digest of the body as it was sent, as a feature of the request. Only requests with a key have it, since it takes time.</summary>
/// <param name="Sha256">The digest.</param>
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
