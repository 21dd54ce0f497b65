internal import CLinux

/// Whether other machines, or programs that the kernel does not see, may change what is in a folder
/// without `inotify(7)` telling.
///
/// - Throws: Where there is no such folder.
package func isChangedUnseen(_ folder: String) throws(Errno) -> Bool {
  unseenFileSystems.contains(try retrying(folder) { clinux_file_system($0) })
}

/// Numbers of file systems (`statfs(2)`).
private let unseenFileSystems: Set<Int64> = [
  0x6969,  // NFS
  0x517B, 0xFF53_4D42, 0xFE53_4D42,  // SMB and CIFS
  0x6573_5546,  // FUSE: sshfs, virtual machines, clouds
  0x0102_1997,  // 9p
  0x00C3_6400,  // Ceph
  0x5346_414F, 0x6B41_4653,  // AFS
  0x7375_7245,  // Coda
  0x0116_1970, 0x7461_636F,  // GFS2, OCFS2
  0x0BD0_0BD0,  // Lustre
  0x786F_4256,  // VirtualBox
]
