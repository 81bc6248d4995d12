using System.Reflection;

namespace OrderIssues.Infrastructure.IntegrationTests.Moves;

/// <summary>Life of a process, which ends before the call after so many.</summary>
internal sealed class Life(int calls)
{
    private int left = calls;

    /// <summary>What the process has of a store while it lives.</summary>
    public T Of<T>(T store)
        where T : class
    {
        var proxy = DispatchProxy.Create<T, Mortal>();
        ((Mortal)(object)proxy).Begin(store, Live);
        return proxy;
    }

    private void Live()
    {
        if (left-- <= 0)
        {
            throw new IOException("It was killed.");
        }
    }
}

/// <summary>Store that fails once the process has ended.</summary>
public class Mortal : DispatchProxy
{
    private object inner = null!;
    private Action live = null!;

    internal void Begin(object store, Action beforeEach) => (inner, live) = (store, beforeEach);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (!targetMethod!.IsSpecialName)
        {
            live();
        }

        return targetMethod.Invoke(inner, args);
    }
}
