namespace Warren.Protocol.Routing;

/// <summary>The prefixes of one owner in order of insertion: a list threaded through the nodes themselves. Writers
/// only.</summary>
internal sealed class AllowedIpsList<TOwner>
    where TOwner : class
{
    internal AllowedIpsNode<TOwner>? First { get; private set; }

    internal AllowedIpsNode<TOwner>? Last { get; private set; }

    internal int Count { get; private set; }

    internal void Append(AllowedIpsNode<TOwner> node)
    {
        (node.Previous, node.Next) = (Last, null);
        if (Last is null)
            First = node;
        else
            Last.Next = node;
        Last = node;
        Count++;
    }

    internal void Unlink(AllowedIpsNode<TOwner> node)
    {
        if (node.Previous is null)
            First = node.Next;
        else
            node.Previous.Next = node.Next;
        if (node.Next is null)
            Last = node.Previous;
        else
            node.Next.Previous = node.Previous;
        (node.Previous, node.Next) = (null, null);
        Count--;
    }
}
