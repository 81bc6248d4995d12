using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>Tells a file from its copies, whatever they are called.</summary>
internal static class FileIdentity
{
    private const int CurrentFolder = -100;
    private const uint InodeAndBirth = 0x900;

    // Offsets of struct statx (https://man7.org/linux/man-pages/man2/statx.2.html).
    private const int InodeAt = 32;
    private const int BirthAt = 80;
    private const int BirthNanosecondsAt = 88;
    private const int StatxBytes = 256;

    /// <summary>Reads what stays the same as long as the file isn't copied.</summary>
    // On Linux .NET has no time of birth, but one that changes with each write.
    public static string Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Text(File.GetCreationTimeUtc(path).Ticks);
        }

        var found = new byte[StatxBytes];
        if (statx(CurrentFolder, [.. Encoding.UTF8.GetBytes(path), 0], 0, InodeAndBirth, found) != 0)
        {
            throw new IOException($"{path} can't be looked at: error {Marshal.GetLastPInvokeError()}.");
        }

        string NumberAt(int offset) => Text(BinaryPrimitives.ReadInt64LittleEndian(found.AsSpan(offset)));
        return $"{NumberAt(InodeAt)}.{NumberAt(BirthAt)}.{NumberAt(BirthNanosecondsAt)}";
    }

    private static string Text(long number) => number.ToString("x", CultureInfo.InvariantCulture);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, byte[] found);
}
