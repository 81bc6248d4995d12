using System.Runtime.InteropServices;
using System.Text;

namespace OrderIssues.Infrastructure;

/// <summary>Folders on the disk.</summary>
internal static class Folders
{
    private const int ReadOnly = 0;

    /// <summary>Has the names of a folder's files on the disk.</summary>
    /// <remarks>Flushing a file leaves its name out (https://man7.org/linux/man-pages/man2/fsync.2.html).</remarks>
    /// <exception cref="IOException">The disk doesn't take them.</exception>
    // On Windows a folder can't be flushed, and needn't be.
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = open([.. Encoding.UTF8.GetBytes(path), 0], ReadOnly);
        if (folder < 0)
        {
            throw new IOException($"{path} can't be opened: error {Marshal.GetLastPInvokeError()}.");
        }

        var result = fsync(folder);
        var error = Marshal.GetLastPInvokeError();
        _ = close(folder);
        if (result != 0)
        {
            throw new IOException($"{path} can't be written to the disk: error {error}.");
        }
    }

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int file);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int file);
}
