using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OrderIssues.Domain.Issues;

/// <summary>Id in 24 lowercase hexadecimal digits, sorted by time.</summary>
/// <remarks>Begins with the seconds of its time (https://www.mongodb.com/docs/manual/reference/bson-types/#objectid).</remarks>
public readonly record struct EntityId : IComparable<EntityId>
{
    private const int Length = 12;
    private static readonly byte[] ProcessUnique = RandomNumberGenerator.GetBytes(5);
    private static int counter = RandomNumberGenerator.GetInt32(1 << 24);

    private readonly string? hex;

    private EntityId(string hex) => this.hex = hex;

    /// <summary>Time when the id was made, to the second.</summary>
    public DateTimeOffset Timestamp => DateTimeOffset.FromUnixTimeSeconds(Convert.ToUInt32(ToString()[..8], 16));

    /// <summary>Makes an id unique across processes and machines.</summary>
    public static EntityId New(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var count = unchecked((uint)Interlocked.Increment(ref counter));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], count);
        ProcessUnique.CopyTo(bytes[4..]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes, unchecked((uint)now.ToUnixTimeSeconds()));
        return new EntityId(Convert.ToHexStringLower(bytes));
    }

    /// <summary>Derives an id from this one and a text, the same each time.</summary>
    public EntityId Derive(string text) =>
        new(ToString()[..8] + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{this}/{text}")).AsSpan(0, Length - 4)));

    /// <exception cref="FormatException"><paramref name="hex"/> isn't 24 hexadecimal digits.</exception>
    public static EntityId Parse(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        return bytes.Length == Length
            ? new EntityId(Convert.ToHexStringLower(bytes))
            : throw new FormatException("An ObjectId has 24 hexadecimal digits.");
    }

    /// <summary>Compares by time, then process, then count.</summary>
    public int CompareTo(EntityId other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => hex ?? new string('0', 2 * Length);
}
