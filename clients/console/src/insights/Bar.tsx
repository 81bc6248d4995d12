/** A bar of this share of its cell. The figure stands beside it. */
export const Bar = ({ share }: { share: number }) => <span aria-hidden="true" style={{ width: share > 0 ? `${Math.max(share * 100, 1)}%` : 0 }} />;
